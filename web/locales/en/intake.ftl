noun_unknown = “{ $value }” cannot be imported. Use one of: { $valid }.
