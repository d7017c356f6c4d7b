damaged = This file is not a whole backup: something in it is missing or has been changed. Nothing was restored.
damaged-remedy = Take another copy of the backup.
other_version = This backup was written by version { $version }, whose tables differ. Nothing was restored.
other_version-remedy = Restore it with version { $version }, then start the newer version on that database.
not_empty = There is data in this database already. Nothing was restored.
not_empty-remedy = Name an empty database, or add --force to throw away what is there now.
kind_unknown = A column of the kind “{ $value }” cannot be backed up. These can: { $valid }.
kind_unknown-remedy = Use one of these kinds in the migration.
