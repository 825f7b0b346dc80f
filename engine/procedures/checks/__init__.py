"""The rules a procedure is held against. One file each: `SENTENCES` (code -> English, with the cure) and `check(seen)`."""
