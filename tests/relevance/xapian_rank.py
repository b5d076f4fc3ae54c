"""Ranks with Xapian: reads {documents, queries, lang, depth} from standard input, writes {id: [ids]}.

Stemmed terms, titles three times as heavy, spelling correction and the last word as a prefix: what
its own query parser offers for a search box.
"""
import json
import sys
import tempfile
import unicodedata

import xapian

FLAGS = (xapian.QueryParser.FLAG_PARTIAL | xapian.QueryParser.FLAG_SPELLING_CORRECTION)
LANGUAGES = {"es": "spanish", "en": "english"}


def without_marks(text):
    """Xapian folds no accents: texts and queries come without, which is kind to it."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def indexed(folder, documents, stem):
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    generator.set_stemmer(stem)
    generator.set_database(database)
    generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
    for document in documents:
        page = xapian.Document()
        generator.set_document(page)
        generator.index_text(without_marks(document["title"]), 3)
        generator.increase_termpos()
        generator.index_text(without_marks(document["body"]))
        page.set_data(document["id"])
        database.add_document(page)
    database.commit()
    return database


def main():
    work = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        json.dump(ranked(folder, work), sys.stdout)


def ranked(folder, work):
    stem = xapian.Stem(LANGUAGES[work["lang"]])
    database = indexed(folder, work["documents"], stem)
    parser = xapian.QueryParser()
    parser.set_stemmer(stem)
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_database(database)
    enquire = xapian.Enquire(database)
    answers = {}
    for query in work["queries"]:
        text = without_marks(query["text"])
        parsed = parser.parse_query(text, FLAGS)
        corrected = parser.get_corrected_query_string().decode()
        if corrected:
            parsed = parser.parse_query(corrected, FLAGS)
        enquire.set_query(parsed)
        answers[query["id"]] = [hit.document.get_data().decode()
                                for hit in enquire.get_mset(0, work["depth"])]
    return answers


main()
