"""The benchmark: a fold that the model never saw, judged by rulers that it never saw either.

`cases` says what is asked, `sets` makes and keeps the ECGs, `ruler` measures them; `signal`,
`features`, `diagnosis` and `privacy` give the figures, `table` their form and `page` the report.
"""
