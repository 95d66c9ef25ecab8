"""技术功效: what patents claim to improve, mined from their abstracts; the matrix themes × effects."""

from directions.effects.claims import mine_effects
from directions.effects.matrix import EffectMatrix, effect_matrix, effect_table

__all__ = ["EffectMatrix", "effect_matrix", "effect_table", "mine_effects"]
