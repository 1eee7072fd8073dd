"""A study as a document, and the document as a terminal text, a page, files."""
