forbidden = This is open only to the office.
office_only = To protect personal data, jobseekers and uploads can for now be used only on the computer that runs the service (address 127.0.0.1 or localhost).
