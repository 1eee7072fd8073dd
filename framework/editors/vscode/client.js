// Starts `hedgerow lsp` and lets VS Code talk to it. Everything else is the server's to know.

const path = require("path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

// A program named with a path is looked for in the folder that is open; a bare name, on PATH.
function command() {
  const [program, ...args] = vscode.workspace.getConfiguration("hedgerow").get("command");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const named = /[\\/]/.test(program) && !path.isAbsolute(program) && folder;
  return { command: named ? path.join(folder, program) : program, args };
}

async function start() {
  client = new LanguageClient("hedgerow", "Hedgerow", command(), {
    documentSelector: [{ language: "hedgerow" }],
  });
  try {
    await client.start();
  } catch {
    const said = "The Hedgerow language server did not start.";
    const help = 'Install it with: python -m pip install "hedgerow[editor]"';
    vscode.window.showWarningMessage(`${said} ${help}, or set hedgerow.command.`);
    client = undefined;
  }
}

async function stop() {
  const last = client;
  client = undefined;
  await last?.stop();
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  const { commands, workspace } = vscode;
  context.subscriptions.push(commands.registerCommand("hedgerow.restart", restart));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("hedgerow.command")) restart();
    }),
  );
  if (workspace.isTrusted) await start();
  else context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(start));
}

module.exports = { activate, deactivate: stop };
