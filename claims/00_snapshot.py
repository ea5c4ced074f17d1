"""The claims of page 00, what embeddings are for."""

import numpy as np
from embedding_geometry.intervals import bootstrap_interval, paired_bootstrap, repeat
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.similarity import normalize
from embedding_geometry.widgets.word_data import quantize_rows
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score

from claims.ledger import Outcome, claim, over_cases

# None of these pairs is on the page.
OPPOSITES = """good bad,light dark,hard soft,high low,long short,fast slow,wet dry,full empty,thick thin,
wide narrow,deep shallow,loud quiet,clean dirty,happy sad,true false,alive dead,first last,male female,
inside outside,above below,give take,push pull,rise fall,remember forget,friend enemy,victory defeat,
success failure,question answer,cheap expensive,public private"""
SYNONYMS = """freedom liberty,forest woods,journey trip,woman lady,child kid,house home,stone rock,
answer reply,choose select,shut close,smart clever,sad unhappy,glad happy,rich wealthy,sick ill,tiny small,
huge enormous,strange odd,brave courageous,calm quiet,error mistake,goal aim,jail prison,murder killing,
photo picture,ship vessel,shop store,taxi cab,speak talk,sea ocean"""
KINDS = """violin piano guitar drums flute trumpet,paris london rome berlin madrid vienna,
apple bread cheese rice soup cake,computer software internet keyboard windows microsoft,
cat dog horse cow sheep rabbit,shirt trousers dress coat hat shoes,hand foot arm leg knee shoulder,
mother father sister brother uncle aunt,football tennis hockey golf baseball basketball,
red blue green yellow black white,rain snow wind storm fog thunder,car bus train truck plane bicycle,
doctor lawyer teacher nurse engineer baker,gold silver iron copper tin lead,
oak pine maple birch elm willow,hammer saw drill knife axe shovel,eagle owl sparrow crow duck goose"""
PLEASANT = """love happy beautiful friend peace wonderful laugh gift smile fun joy sunshine excellent holiday
hope kind pleasure success freedom lucky delight comfort sweet charm praise kiss triumph paradise warm
gentle"""
UNPLEASANT = """hate angry ugly enemy war horrible cry poison pain awful murder disease failure terrible fear
cruel grief death prison unlucky misery danger bitter threat blame wound defeat hell cold brutal"""
STORED = """the doctor gave her a new medicine,our team won the final match,
interest rates rose at the bank"""
QUESTIONS = """the nurse helped the patient,what should i take for the pain,the surgeon saved his life,
how is the disease treated,my throat hurts,who wrote the prescription,a vaccine against the flu,
he broke his leg,is it an infection,when can i leave the hospital,
who is the champion,the goal came late in the game,the coach was proud of his players,
when does the season start,the striker was injured,which side is ahead at half time,
the fans left early,he runs faster than the defender,was it a draw,they play again on sunday,
what does a loan cost,is my account safe,who sets the price of credit,inflation is higher this year,
investors sold their shares,the dollar fell again,should i borrow or wait,where do i pay my tax,
the market closed lower,he owes me money"""
SMALL = """the a an of in at to for is was i my our her his he it they we me who what which where when how do
does did this their be on or as by than can should again not"""
MEMBERS = """violin piano guitar drums flute trumpet saxophone clarinet cello harp banjo accordion harmonica
bass organ viola,paris london rome berlin madrid vienna lisbon prague athens moscow warsaw stockholm dublin brussels
tokyo amsterdam cairo venice,
apple bread cheese rice soup cake pasta sugar salad pizza meat butter potato sausage honey chocolate bean
pie"""
STRANGERS = """hammer river president mathematics shoe window anger seven yellow elephant chair gold soldier
planet prayer engine contract laughter shadow january mother tax virus"""


def listed(text):
    return [part.split() for part in text.replace("\n", " ").split(",")]


def cosines(words, pairs):
    one, other = zip(*pairs, strict=True)
    return (normalize(words[list(one)]) * normalize(words[list(other)])).sum(axis=1)


@claim(
    "Number 30 falls as words get rarer",
    condition="GloVe 6B 50d: the first 10,000 words, the next 20,000, and each whole vocabulary",
    quantity="correlation of coordinate 30 with the logarithm of the frequency rank",
    cell="3f0a71c2",
    below=-0.3,
)
def a_number_with_a_name(run):
    bands = [(run.words, 0, 10_000), (run.words, 10_000, 30_000)]
    bands += [(words, 0, len(words) - len(words) % 10_000) for words in run.vocabularies.values()]
    found = [
        np.corrcoef(words.vectors[low:high, 30], np.log(np.arange(low, high) + 1))[0, 1]
        for words, low, high in bands
    ]
    return Outcome(over_cases(found), f"{len(found)} bands")


@claim(
    "its cosines can differ by a few thousandths from what a cell computes",
    condition="GloVe 6B 50d, 30,113 words in 8 bits, one scale a row",
    quantity="greatest difference of a cosine among random pairs of words",
    cell="c2d97e14",
    above=0.001,
    below=0.01,
)
def eight_bits_cost_thousandths(run):
    codes, scales = quantize_rows(run.words.vectors)
    exact, rounded = normalize(run.words.vectors), normalize(codes * scales[:, None])

    def greatest(seed):
        one, other = np.random.default_rng(seed).integers(len(exact), size=(2, 20_000))
        gaps = (exact[one] * exact[other] - rounded[one] * rounded[other]).sum(axis=1)
        return float(np.abs(gaps).max())

    return Outcome(repeat(greatest, run.times(50, 4)), f"{run.times(50, 4)} draws of 20,000 pairs")


@claim(
    "for about one common word in ten the three nearest come in another order, or one of them is another word",
    condition="GloVe 6B 50d in 8 bits, one scale a row, words of ranks 200 to 2,000",
    quantity="share of words whose three nearest are others, or in another order",
    cell="c2d97e14",
    above=0.03,
    below=0.17,
)
def eight_bits_change_some_neighbours(run):
    codes, scales = quantize_rows(run.words.vectors)
    asked = slice(200, run.times(2_000, 400))

    def nearest(X):
        return nearest_neighbors(X, X[asked], k=4).indices[:, 1:]

    changed = (nearest(run.words.vectors) != nearest(codes * scales[:, None])).any(axis=1)
    return Outcome(bootstrap_interval(changed), f"{len(changed):,} words, resampled")


@claim(
    "the cosine of GloVe 50d does not put synonyms before opposites",
    condition="GloVe 6B 50d, 30 pairs of opposites and 30 of synonyms, none of them on the page",
    quantity="share of comparisons in which the opposites have the higher cosine",
    cell="92e5b7d1",
    above=0.4,
)
def opposites_and_synonyms(run):
    kinds = np.stack([cosines(run.words, listed(pairs)) for pairs in (OPPOSITES, SYNONYMS)], axis=1)
    share = bootstrap_interval(kinds, lambda rows: (rows[:, :1] > rows[:, 1]).mean())
    return Outcome(share, "30 pairs of each kind, resampled")


@claim(
    "The embedding learned which words are *used* alike, and both kinds are.",
    condition="GloVe 6B 50d, 30 pairs of opposites and 30 of synonyms, none of them on the page",
    quantity="mean cosine of the pairs, less that of the same words paired anew",
    cell="92e5b7d1",
    above=0.25,
)
def pairs_are_used_alike(run):
    gains = []
    for pairs in map(listed, (OPPOSITES, SYNONYMS)):
        one, other = np.array(pairs).T
        for shift in range(1, run.times(30, 6)):
            mixed = zip(one, np.roll(other, shift), strict=True)
            gains.append((cosines(run.words, pairs) - cosines(run.words, mixed)).mean())
    return Outcome(over_cases(gains), f"{len(gains)} ways to pair them anew")


@claim(
    "With four kinds chosen at random, errors are common.",
    condition="GloVe 6B 50d, 17 kinds of six words each, k-means told to make four groups of four kinds",
    quantity="share of draws in which the groups are not exactly the kinds",
    cell="d48c1b7f",
    above=0.05,
    below=0.9,
)
def clusters_err(run):
    kinds, truth = listed(KINDS), np.repeat(range(4), 6)

    def errs(seed):
        chosen = np.random.default_rng(seed).permutation(len(kinds))[:4]
        X = run.words[[word for i in chosen for word in kinds[i]]]
        return adjusted_rand_score(truth, KMeans(4, n_init=10, random_state=seed).fit_predict(X)) < 1

    draws = [errs(seed) for seed in range(run.times(400, 16))]
    return Outcome(bootstrap_interval(np.array(draws)), f"{len(draws)} draws, resampled")


@claim(
    "It shows that the information is there and easy to reach.",
    condition="GloVe 6B 50d, logistic regression on ten of 30 pleasant and ten of 30 unpleasant words",
    quantity="accuracy on the 40 words left",
    cell="b83f5a2e",
    above=0.75,
)
def pleasant_can_be_read_off(run):
    X, kind = run.words[PLEASANT.split() + UNPLEASANT.split()], np.repeat([1, 0], 30)
    rows = np.arange(60).reshape(2, 30)

    def accuracy(seed):
        mixed = np.random.default_rng(seed).permuted(rows, axis=1)
        fit, ask = mixed[:, :10].ravel(), mixed[:, 10:].ravel()
        return LogisticRegression(C=0.1).fit(X[fit], kind[fit]).score(X[ask], kind[ask])

    return Outcome(repeat(accuracy, run.times(200, 20)), f"{run.times(200, 20)} draws")


@claim(
    "even the order leans towards the middle",
    condition="GloVe 6B 50d, averages of all words; 20 questions that the doctor's sentence does not answer",
    quantity="share of them whose nearest sentence is the doctor's, the one nearest to the mean",
    cell="e1a6f057",
    above=0.1,
)
def the_middle_attracts(run):
    stored, asked = (
        normalize([run.words[words].mean(axis=0) for words in listed(text)]) for text in (STORED, QUESTIONS)
    )
    taken = np.argmax(asked[10:] @ stored.T, axis=1) == 0
    return Outcome(bootstrap_interval(taken), "20 questions, resampled")


@claim(
    "Without the small words the drift is less",
    condition="GloVe 6B 50d, the averages of 33 sentences; the mean of the first 10,000 words",
    quantity="cosine with the mean: with all words, less that without the small words",
    cell="e1a6f057",
    above=0.02,
)
def small_words_make_the_drift(run):
    middle = normalize(run.words.vectors[:10_000].mean(axis=0))

    def drift(without):
        sentences = listed(STORED) + listed(QUESTIONS)
        kept = [[word for word in words if word not in without] for words in sentences]
        return np.array([normalize(run.words[words].mean(axis=0)) @ middle for words in kept])

    return Outcome(paired_bootstrap(drift(()), drift(SMALL.split())), "33 sentences, resampled")


@claim(
    "averages of many common words drift there",
    condition="GloVe 6B 50d, words drawn from the first 10,000",
    quantity="mean cosine with the mean of these words: of averages of ten, less that of single words",
    cell="e1a6f057",
    above=0.25,
)
def averages_drift(run):
    X = run.words.vectors[:10_000]
    middle = normalize(X.mean(axis=0))

    def gain(seed):
        chosen = X[np.random.default_rng(seed).integers(len(X), size=(100, 10))]
        return float((normalize(chosen.mean(axis=1)) @ middle - normalize(chosen[:, 0]) @ middle).mean())

    return Outcome(repeat(gain, run.times(200, 20)), f"{run.times(200, 20)} draws of 100 averages")


def distances(run, seed):
    """Return the distances to the nearest centre of members that made no centre, and of strangers."""
    mixed = np.random.default_rng(seed)
    groups = [mixed.permutation(kind) for kind in listed(MEMBERS)]
    centers = np.array([run.words[list(group[:6])].mean(axis=0) for group in groups])
    members = [word for group in groups for word in group[6:]]
    return [
        np.linalg.norm(run.words[words][:, None] - centers, axis=2).min(axis=1)
        for words in (members, STRANGERS.split())
    ]


@claim(
    "expect strangers among the near",
    condition="GloVe 6B 50d, three kinds of 16 to 18 words, six of each make the centre; 22 words of no kind",
    quantity="share of choices of the six in which some stranger is nearer than the furthest other member",
    cell="5e94b0a7",
    above=0.5,
)
def strangers_among_the_near(run):
    apart = [distances(run, seed) for seed in range(run.times(300, 60))]
    found = np.array([strangers.min() < members.max() for members, strangers in apart])
    return Outcome(bootstrap_interval(found), f"{len(found)} choices, resampled")


@claim(
    "Ask how *near* the nearest is",
    condition="GloVe 6B 50d, three kinds of 16 to 18 words, six of each make the centre; 22 words of no kind",
    quantity="share of comparisons in which the stranger is further from its centre than the member is",
    cell="5e94b0a7",
    above=0.85,
)
def distance_helps(run):
    def share(seed):
        members, strangers = distances(run, seed)
        return (strangers[:, None] > members).mean()

    return Outcome(repeat(share, run.times(300, 40)), f"{run.times(300, 40)} choices of the six")


@claim(
    "the angle $\\theta$ between $k$ and $k + \\text{step}$ has $\\sin\\theta \\le s$",
    condition="random vectors of 2 to 100 numbers, steps of length 0.01 to 0.99",
    quantity="sine of the angle over the length of the step",
    cell="a06cb7f5",
    below=1.000001,
)
def short_steps_turn_little(run):
    random = np.random.default_rng(0)

    def ratio(size, length):
        k, step = normalize(random.normal(size=(2, size)))
        turned = normalize(k + length * step)
        return np.sqrt(max(0.0, 1 - (k @ turned) ** 2)) / length

    sizes, lengths = random.integers(2, 100, run.times(5_000, 500)), random.uniform(0.01, 0.99, 5_000)
    found = [ratio(size, length) for size, length in zip(sizes, lengths, strict=False)]
    return Outcome(over_cases(found), f"{len(found):,} random steps")
