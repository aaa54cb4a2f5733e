"""Small changes to the code, made one at a time: which of them does no test notice?"""
