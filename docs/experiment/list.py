# A list of 10,000,000 ints: kept, deleted, or deleted and collected.
import gc
import sys
import time

way = sys.argv[1]
numbers = list(range(10_000_000))
if way in ('del', 'collect'):
    del numbers
if way == 'collect':
    gc.collect()
time.sleep(1.5)
