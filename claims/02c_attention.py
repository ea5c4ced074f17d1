"""What the page "Attention, softmax and weighted mixtures" claims."""

from functools import cache

import numpy as np
from embedding_geometry.intervals import bootstrap_interval, repeat
from embedding_geometry.mixtures import attention, effective_number, softmax
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import cosine_similarity, normalize
from embedding_geometry.wordvectors import load_word_vectors
from sklearn.linear_model import Ridge

from claims.ledger import Outcome, claim, over_cases

# A word, two sentences that mean another sense of it each, and a word for either sense.
TWO_SENSES = [
    line.split("|")
    for line in """bank|the bank of the river flooded|the bank raised its interest rates|shore|money
bat|the bat flew out of the cave|he swung the bat at the ball|bird|baseball
plant|they watered the plant in the garden|the plant builds cars and engines|flower|factory
spring|flowers bloom in the spring sun|the metal spring in the engine broke|summer|steel
match|he lit the match to start the fire|they won the match in extra time|flame|game
seal|the seal swam in the cold sea|the king put his seal on the letter|whale|stamp
crane|the crane flew over the lake|the crane lifted the steel beams|bird|machinery
pitcher|the pitcher threw the ball|she poured water from the pitcher|baseball|bowl
club|he joined the football club last season|he hit her with a wooden club|team|stick
court|the judge left the court|they played tennis on the court|trial|tennis
rock|the band plays loud rock music|the rock fell from the mountain|jazz|stone
star|the star of the film smiled|the star shines in the night sky|actress|planet
wave|the wave broke on the beach|a new wave of attacks began|ocean|violence
bass|he caught a bass in the lake|he plays the bass in a band|fish|guitar
light|turn on the light in the room|the bag was light and small|lamp|heavy
cell|the cell divides and grows|the prisoner sat in his cell|tissue|prison
note|she sang a high note|he left a note on the table|tone|letter
trunk|the elephant lifted its trunk|he put the bags in the trunk|elephant|car
mouse|the cat chased the mouse|click the mouse on the screen|rat|computer
apple|she ate an apple and a pear|apple sells computers and phones|fruit|software""".splitlines()
]
RELATIONS = {
    "capital": {country: capital for capital, country in analogy_pairs("capital-world").items()},
    "people": analogy_pairs("gram6-nationality-adjective"),
}


@claim(
    "Lower the temperature far enough, and the read-out *is* the item with the largest product: a nearest-neighbour search.",
    condition="GloVe 6B 50d scaled to length 1, T = 0.001; 300 queries and 4,700 items from each of several bands",
    quantity="share of queries whose read-out is nearest to what the search finds",
    cell="a632cece",
    above=0.98,
)
def a_cold_read_out_is_the_nearest_neighbour(run):
    shares = []
    for start in range(0, run.times(full=25_000, quick=5_000), 5_000):
        unit = normalize(run.words.vectors[start : start + 5_000])
        queries, stored = unit[:300], unit[300:]
        output = attention(queries, stored, stored, temperature=0.001).output
        found = (queries @ stored.T).argmax(axis=1)
        shares.append(np.mean((normalize(output) @ stored.T).argmax(axis=1) == found))
    return Outcome(over_cases(shares), f"{len(shares)} bands of 5,000 words")


@claim(
    "Divided by $\\sqrt d$, the number stays near 7 for every $d$ from 8 on.",
    condition="ten keys and a query of independent Gaussian coordinates, d from 8 to 1,024",
    quantity="effective number of keys read",
    cell="d5aaf6d2",
    above=6.7,
    below=7.4,
)
def scaled_attention_reads_seven_of_ten_keys(run):
    sizes = [8, 16, 64, 256, 1024] if run.full else [8, 256]
    found = [
        effective_number(_random_weights(d, np.sqrt(d), seed)).mean() for d in sizes for seed in range(3)
    ]
    return Outcome(over_cases(found), f"{len(sizes)} dimensions with 3 seeds each")


@claim(
    "Without scaling, a query in 512 dimensions reads little more than one key: the softmax has become a hard choice.",
    condition="ten keys and a query of independent Gaussian coordinates",
    quantity="effective number of keys read",
    cell="d5aaf6d2",
    below=1.3,
)
def unscaled_attention_is_a_hard_choice(run):
    n = run.times(full=50, quick=3)
    return Outcome(
        repeat(lambda seed: effective_number(_random_weights(512, 1.0, seed)).mean(), n), f"{n} seeds"
    )


@claim(
    "Where the choice is hard the winner's slope vanishes with all the others: $w$ near 1 gives a product as small as $w$ near 0.",
    condition="ten keys in 512 dimensions, the query whose winner has the most weight among 500",
    quantity="greatest w(1 - w) of its ten keys",
    cell="98aaa508",
    below=0.001,
)
def a_hard_choice_has_no_slope(run):
    n = run.times(full=50, quick=3)

    def steepest_of_the_hardest(seed):
        weights = _random_weights(512, 1.0, seed)
        w = weights[weights.max(axis=1).argmax()]
        return (w * (1 - w)).max()

    return Outcome(repeat(steepest_of_the_hardest, n), f"{n} seeds")


@claim(
    "All six are positive: the company of a word shifts it towards the sense that is meant.",
    condition="GloVe 6B 50d, 20 words with two senses in sentences that we wrote",
    quantity="lean towards a sense in its own sentence less that in the other sentence",
    cell="f5479b8e",
    above=0,
)
def company_shifts_a_word_to_the_sense_that_is_meant(run):
    pulls = [_pull(run.words, *case) for case in TWO_SENSES]
    return Outcome(bootstrap_interval(pulls), f"{len(pulls)} words, resampled")


@claim(
    "Over 20 such words, in sentences that we wrote ourselves, the two cannot be told apart.",
    condition="GloVe 6B 50d, the same 20 words",
    quantity="lean by attention less lean by a plain mean",
    cell="f5479b8e",
    above=-0.05,
    below=0.05,
)
def plain_weights_add_little_to_a_mean(run):
    gains = [_pull(run.words, *case) - _pull(run.words, *case, even=True) for case in TWO_SENSES]
    return Outcome(bootstrap_interval(gains), f"{len(gains)} words, resampled")


@claim(
    "Without learning, a country reads another country.",
    condition="GloVe 6B 50d scaled to length 1; countries, capitals and peoples, the country itself masked",
    quantity="share of countries whose most-read word is another country",
    cell="b184dcb9",
    above=0.6,
)
def unlearned_queries_read_other_countries(run):
    n = run.times(full=50, quick=3)
    shares = [_share_read(relation, _no_shift, s, countries=True) for relation in RELATIONS for s in range(n)]
    return Outcome(over_cases(shares), f"{n} halves of either relation")


@claim(
    "With a shift of 50 learned numbers the same country reads its capital in one head and its people in the other, for most countries that the shift was not made from.",
    condition="GloVe 6B 50d scaled to length 1; the shift is the mean difference in one half of the pairs",
    quantity="share of the other half's countries that read the right word most",
    cell="b184dcb9",
    above=0.65,
)
def a_learned_shift_reads_the_right_word(run):
    n = run.times(full=50, quick=3)
    shares = [_share_read(relation, _mean_shift, s) for relation in RELATIONS for s in range(n)]
    return Outcome(over_cases(shares), f"{n} halves of either relation")


@claim(
    "A whole matrix $W_Q$, fitted to the same few pairs, does no better here.",
    condition="as before; the matrix by ridge regression of the difference on the country, four penalties",
    quantity="share by the matrix less share by the shift, mean over halves",
    cell="b184dcb9",
    below=0.03,
)
def a_matrix_does_no_better_than_a_shift(run):
    n = run.times(full=30, quick=4)
    gains = []
    for relation in RELATIONS:
        shift = np.array([_share_read(relation, _mean_shift, seed) for seed in range(n)])
        for penalty in [0.1, 0.3, 1, 3]:
            matrix = [_share_read(relation, _ridge(penalty), seed) for seed in range(n)]
            gains.append(np.mean(matrix - shift))
    return Outcome(over_cases(gains), f"2 relations and 4 penalties, each the mean of {n} halves")


@claim(
    "Exactly 1.000: nothing in the formula says which item stands where.",
    condition="GloVe 6B 50d, random sentences of 3 to 20 words in two orders",
    quantity="cosine of a word's read-outs in both orders",
    cell="22be5daa",
    above=0.9999,
)
def attention_does_not_know_the_order(run):
    n = run.times(full=500, quick=30)

    def same_word_in_another_order(seed):
        random = np.random.default_rng(seed)
        X = run.words.vectors[random.choice(10_000, random.integers(3, 21), replace=False)]
        order = random.permutation(len(X))
        first, second = attention(X, X, X).output, attention(X[order], X[order], X[order]).output
        return cosine_similarity(first[order[0]].astype(float), second[0].astype(float))

    return Outcome(repeat(same_word_in_another_order, n), f"{n} sentences")


def _random_weights(d, temperature, seed):
    random = np.random.default_rng(seed)
    q, K = random.normal(size=(500, d)), random.normal(size=(500, 10, d))
    return softmax(np.einsum("nd,nkd->nk", q, K), temperature)


def _pull(words, word, first, second, *senses, even=False):
    """Return by how much more a word leans to its first sense in the first sentence than in the second."""

    def lean(sentence):
        company = words[[other for other in sentence.split() if other != word]]
        read = company.mean(axis=0) if even else attention(words[word], company, company).output
        one, other = cosine_similarity((words[word] + read) / 2, words[senses])
        return one - other

    return float(lean(first) - lean(second))


@cache
def _items():
    """Return the unit vectors of all countries, capitals and peoples, and the rows of the pairs."""
    glove = load_word_vectors()
    pairs = {
        name: [pair for pair in relation.items() if set(pair) <= glove.key_to_index.keys()]
        for name, relation in RELATIONS.items()
    }
    names = sorted({word for relation in pairs.values() for pair in relation for word in pair})
    rows = {
        name: np.array([[names.index(word) for word in pair] for pair in relation])
        for name, relation in pairs.items()
    }
    return normalize(glove[names]), rows


def _share_read(relation, learn, seed, countries=False):
    """Learn on half of the pairs what to add to a country; return how often the rest read the right word.

    Or, if `countries`, how often any country.
    """
    items, rows = _items()
    pairs = np.random.default_rng(seed).permutation(rows[relation])
    (seen, read), (x, y) = (half.T for half in np.array_split(pairs, 2))
    scores = (items[x] + learn(items[seen], items[read])(items[x])) @ items.T
    scores[np.arange(len(x)), x] = -np.inf
    read_most = scores.argmax(axis=1)
    if countries:
        return np.isin(read_most, np.concatenate([pair[:, 0] for pair in rows.values()])).mean()
    return np.mean(read_most == y)


def _no_shift(x, read):
    return np.zeros_like


def _mean_shift(x, read):
    shift = (read - x).mean(axis=0)
    return lambda x: shift


def _ridge(penalty):
    def fit(x, read):
        return Ridge(penalty, fit_intercept=False).fit(x, read - x).predict

    return fit
