title = Parts of the pages
search = Search
buttons = Buttons
fields = Fields
notices = Notices and tags
reasons = Reasons
tables = Tables and progress
