"""What we own and owe: orders, fills, costs, margin, the ledger. No model, no host."""
