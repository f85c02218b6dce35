"""What a catalogue says, as statements: the same from JSON-LD and from RDF/XML when both say the same."""

import json

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def from_json_ld(content: bytes) -> set[tuple]:
    data = json.loads(content)
    prefixes = data.pop("@context")

    def whole(curie):
        prefix, colon, name = curie.partition(":")
        return prefixes[prefix] + name if colon and prefix in prefixes else curie

    def read(node):
        if "@value" in node:
            return ("text", node["@value"], node.get("@language", ""), whole(node.get("@type", "")))
        if "@type" not in node:
            return ("link", node["@id"])
        said = {
            (whole(key), read(each))
            for key, several in node.items()
            if not key.startswith("@")
            for each in several
        }
        return ("thing", node.get("@id", ""), whole(node["@type"]), frozenset(said))

    return read(data)


def from_rdf_xml(content: bytes) -> set[tuple]:
    def name(tag):
        return tag[1:].replace("}", "")

    def read(element):
        if address := element.get(f"{RDF}resource"):
            return ("link", address)
        if len(element):
            return thing(element[0])
        return ("text", element.text, element.get(XML_LANG, ""), element.get(f"{RDF}datatype", ""))

    def thing(element):
        said = frozenset((name(each.tag), read(each)) for each in element)
        return ("thing", element.get(f"{RDF}about", ""), name(element.tag), said)

    return thing(etree.fromstring(content)[0])
