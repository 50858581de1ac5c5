"""The readers behind `workbook`: one per file format, run in a child process because their input is not trusted."""
