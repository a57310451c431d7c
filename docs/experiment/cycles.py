# 1,000,000 objects that refer to themselves: kept, deleted, or deleted and collected.
import gc
import sys
import time

way = sys.argv[1]
gc.disable()  # As between two collections by itself.
cycles = []
for _ in range(1_000_000):
    one = []
    one.append(one)
    cycles.append(one)
if way in ('del', 'collect'):
    del cycles, one
if way == 'collect':
    gc.collect()
time.sleep(1.5)
