malformed = “{ $value }” is not a region code.
malformed-remedy = A region code has 6 digits (down to a county), 9 (township) or 12 (village), such as 620102.
