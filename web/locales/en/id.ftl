malformed = “{ $value }” is not a valid identifier.
