"""From the meeting of the village to the decision: the pages of officers, clerk, issuer and organiser, and the public notice."""
