"""What a page shows, as values made from the results that terminal and paper show too. Templates only set them out."""
