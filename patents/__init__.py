"""What a patent is: records, numbers, classification, dates, legal status, regions, applicants.

Readers of export files and the official tables live here too. Nothing in this room keeps state.
"""
