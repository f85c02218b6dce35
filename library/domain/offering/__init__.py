"""What other libraries may harvest: kept written down, so that a page of it is read and not made.

changed() -> OfferingTask --(keeping_up)--> records: what a resource says now --(stamping)--> OfferedRecord
                                                                                                |
answers of OAI-PMH, counts of the dossier  <--(selecting)---------------------------------------+
"""
