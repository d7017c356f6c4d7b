erased = This was erased, on request or because its time was over. It cannot be opened any more.
erased-remedy = Whoever comes back is registered anew; a file is imported again.
missing = The key of this record is not in the store of keys. Nothing is lost yet.
missing-remedy = Tell whoever runs the service: “jinqiao key restore” puts the copy of the keys back.
cipher_unknown = “{ $value }” is not a way of sealing. These are: { $valid }.
cipher_unknown-remedy = Write one of these into the setting “cipher”.
