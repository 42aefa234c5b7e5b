"""Proof that a file is the one deposited: salted leaves, a tree over all of them, a signed root.

`standalone.py` checks such proofs; it is handed out as it is and imports nothing of Candour.
"""

from candour.engines.fixity.certificate import Certificate, signed_words
from candour.engines.fixity.merkle import leaf_of, path_to, root_of

__all__ = ["Certificate", "leaf_of", "path_to", "root_of", "signed_words"]
