"""From the meeting of the village to the decision and what comes after it: each action one function and one transaction."""
