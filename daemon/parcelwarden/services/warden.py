"""The application: every verb in one place, for the API, the command line, the scheduler, the demo.

Each verb takes `now`, does its work in one transaction, and answers with records or small values.
"""
