"""A school's own workbook back, with the faulty cells marked and a first sheet that lists what to mend.

The copy is made by changing the parts of the workbook file itself, not by reading it into a library and writing it
anew: stored values of formulas, widths, fonts, merges, pictures and print settings stay as the school made them.
Macros, links to other files, and who wrote the file when do not travel. The original is never touched.

What is in the file was made by strangers, so the copy is made in a process of its own (`child`), within the limits of
the reading child; afterwards it is read again, and one that would not load like its original is not given out.
"""
