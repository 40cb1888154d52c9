-- One constant form POST (BODY), again and again.
dofile("measured.lua")
