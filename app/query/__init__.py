"""How a list is asked for: parameters, filters, dates, sorting, paging, statements."""
