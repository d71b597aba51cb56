// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/io/design_values.h"

namespace posbias::keys {
namespace {

template <class Mark, class Value>
JsonKey<Annotation> markKey(std::string_view key, Value Mark::*member, bool required = true)
{
    return plainKey<Annotation>(
        key, [member](auto& annotation) -> auto& { return std::get<Mark>(annotation.mark).*member; }, required);
}

struct MarkForm {
    std::string id;
    decltype(Annotation::mark) mark;
    std::vector<JsonKey<Annotation>> keys;
};

const std::vector<MarkForm>& markForms()
{
    static const JsonKey<Annotation> bucketScheme = {
        "scheme", [](Annotation& a, const JsonNode& node) { std::get<BucketMark>(a.mark).scheme = schemeIn(node); },
        [](const Annotation& a) { return letterText(std::get<BucketMark>(a.mark).scheme); },
        [](const Annotation& a) { return std::get<BucketMark>(a.mark).scheme == BucketMark{}.scheme; }};
    static const std::vector<MarkForm> forms = {
        {"offset", OffsetMark{}, {markKey("offset", &OffsetMark::offset)}},
        {"cell", CellMark{}, {markKey("query", &CellMark::query), markKey("offset", &CellMark::offset)}},
        {"length", LengthMark{}, {markKey("length", &LengthMark::length)}},
        {"bucket", BucketMark{}, {bucketScheme, markKey("parameter", &BucketMark::parameter)}},
        {"text",
         TextMark{},
         {markKey("query", &TextMark::query, false), markKey("offset", &TextMark::offset),
          markKey("value", &TextMark::value, false)}},
    };
    return forms;
}

void readPanelLetter(Annotation& annotation, const JsonNode& node)
{
    const std::string letter = node.text();
    for (std::size_t panel = 0; panel < mostItems; ++panel)
        if (panelLetter(panel) == letter) {
            annotation.panel = panel;
            return;
        }
    node.refuse("the letter of a panel, \"a\" for the first");
}

/// The mark's own between what all have.
std::vector<JsonKey<Annotation>> annotationKeys(const MarkForm& form)
{
    std::vector<JsonKey<Annotation>> keys = {
        {"mark", [](Annotation&, const JsonNode&) {}, [&form](const Annotation&) { return jsonText(form.id); }, {}}};
    keys.insert(keys.end(), form.keys.begin(), form.keys.end());
    keys.push_back(plainKey<Annotation>(
        "label", [](auto& a) -> auto& { return a.label; }));
    keys.push_back({"panel", readPanelLetter, [](const Annotation& a) { return jsonText(panelLetter(*a.panel)); },
                    [](const Annotation& a) { return !a.panel; }});
    return keys;
}

const MarkForm& formOf(const JsonNode& object)
{
    for (const JsonNode& member : object.members()) {
        if (member.key() != "mark")
            continue;
        std::vector<std::string> allowed;
        const bool isText = member.entry().type == JsonType::Text;
        for (const MarkForm& form : markForms()) {
            if (isText && member.text() == form.id)
                return form;
            allowed.push_back(quotedText(form.id));
        }
        member.refuse(listText(allowed, "or"));
    }
    refuseMissingKey(object, "mark");
}

}  // namespace

void readAnnotations(FigureDesign& design, const JsonNode& node)
{
    for (const JsonNode& object : node.elements(mostItems)) {
        const MarkForm& form = formOf(object);
        Annotation& annotation = design.annotations.emplace_back();
        annotation.mark = form.mark;
        readKeys(annotation, object, annotationKeys(form));
    }
}

std::string annotationsText(const FigureDesign& design)
{
    std::vector<std::string> items;
    for (const Annotation& annotation : design.annotations) {
        const MarkForm& form = markForms()[annotation.mark.index()];
        items.push_back(bracketed('{', writtenKeys(annotation, annotationKeys(form)), '}'));
    }
    return bracketed('[', items, ']', itemIndent);
}

}  // namespace posbias::keys
