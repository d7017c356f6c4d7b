forbidden = This is open only to the office.
