// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure_panels.h"

#include <algorithm>

namespace posbias {
namespace {

/// The note of one annotation; nothing where the sequence has no place for it.
class NoteMaker {
public:
    NoteMaker(const Result& result, const Annotation& annotation)
        : m_result(result),
          m_annotation(annotation),
          m_offsets(visibleOffsets(result.experiment.mask, result.experiment.length))
    {
    }

    std::optional<FigureNote> make() const { return std::visit(*this, m_annotation.mark); }

    std::optional<FigureNote> operator()(const OffsetMark& mark) const
    {
        return over(FigureNote::Kind::Offset, {mark.offset, mark.offset});
    }
    std::optional<FigureNote> operator()(const CellMark& mark) const
    {
        return at(FigureNote::Kind::Cell, mark.query, mark.offset);
    }
    std::optional<FigureNote> operator()(const LengthMark& mark) const
    {
        FigureNote note = blank(FigureNote::Kind::Length);
        note.at = static_cast<double>(mark.length);
        return note;
    }
    std::optional<FigureNote> operator()(const BucketMark& mark) const
    {
        if (mark.scheme >= m_result.schemes.size())
            return {};
        const ParameterTable& table = m_result.schemes[mark.scheme].trained->table;
        if (mark.parameter < 0 || mark.parameter >= table.parameterCount())
            return {};
        const Segment segment = table.offsetsOf(mark.parameter);
        auto note = over(FigureNote::Kind::Bracket, {segment.first, segment.last});
        if (note)
            note->role = schemeRole(mark.scheme);
        return note;
    }
    std::optional<FigureNote> operator()(const TextMark& mark) const
    {
        auto note = at(FigureNote::Kind::Text, mark.query, mark.offset);
        if (note)
            note->at = mark.value;
        return note;
    }

private:
    FigureNote blank(FigureNote::Kind kind) const
    {
        FigureNote note;
        note.kind = kind;
        note.label = m_annotation.label;
        note.panel = m_annotation.panel;
        return note;
    }
    std::optional<FigureNote> over(FigureNote::Kind kind, OffsetRange offsets) const
    {
        FigureNote note = blank(kind);
        note.offsets = {std::max(offsets.first, m_offsets.first), std::min(offsets.last, m_offsets.last)};
        return note.offsets.size() > 0 ? std::optional(note) : std::nullopt;
    }
    std::optional<FigureNote> at(FigureNote::Kind kind, std::int64_t query, std::int64_t offset) const
    {
        auto note = over(kind, {offset, offset});
        if (note)
            note->cell = {query, query - offset};
        return note;
    }

    const Result& m_result;
    const Annotation& m_annotation;
    OffsetRange m_offsets;
};

/// Of the panel that an annotation is in, or of the whole figure.
const Result& resultOf(const FigureData& data, const std::vector<PanelDesign>& panels, const Annotation& annotation)
{
    const bool inPanel = annotation.panel && *annotation.panel < panels.size();
    return inPanel ? *data.of(panels[*annotation.panel]).result : *data.parts.front().result;
}

}  // namespace

std::vector<FigureNote> notesOf(const FigureData& data)
{
    std::vector<PanelDesign> panels;
    for (const auto& row : panelsOf(data.design))
        panels.insert(panels.end(), row.begin(), row.end());
    std::vector<FigureNote> notes;
    for (const Annotation& annotation : data.design.annotations)
        if (auto note = NoteMaker(resultOf(data, panels, annotation), annotation).make())
            notes.push_back(std::move(*note));
    return notes;
}

}  // namespace posbias
