"""What the course claims in general, and how to measure each claim again.

One file for each page, named as the page is; ``ledger`` says what a claim is, ``measure`` measures them all
at full size (`make claims`) into the tables of ``measured``, and the tests measure each in a quick form.
"""
