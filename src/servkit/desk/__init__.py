"""The desk: what somebody who answers customers asks and writes down. The command line, the pages in a browser and the
assistants share it.

Nothing here prints, and nothing reads the environment or the clock: both enter where a desk is opened
(:mod:`servkit.desk.session`)."""
