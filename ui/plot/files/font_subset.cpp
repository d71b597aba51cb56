// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/font_subset.h"

#include "core/base/error.h"

#include <hb-subset.h>
#include <hb.h>

#include <map>
#include <memory>

namespace posbias::ui {
namespace {

template <auto Destroy>
struct Destroyer {
    template <class T>
    void operator()(T* object) const
    {
        Destroy(object);
    }
};
using Blob = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using Input = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_destroy>>;

/// The font's tables, each held until the subset is made: HarfBuzz reads of some after it has given up their blobs.
struct Tables {
    QRawFont font;
    std::map<hb_tag_t, QByteArray> held = {};
};

hb_blob_t* tableOf(hb_face_t*, hb_tag_t tag, void* tables)
{
    Tables& from = *static_cast<Tables*>(tables);
    auto table = from.held.find(tag);
    if (table == from.held.end()) {
        char name[5] = {};
        hb_tag_to_string(tag, name);
        table = from.held.emplace(tag, from.font.fontTable(name)).first;
    }
    const QByteArray& bytes = table->second;
    if (bytes.isEmpty())
        return nullptr;
    return hb_blob_create(bytes.constData(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr,
                          nullptr);
}

}  // namespace

QByteArray fontSubset(const QRawFont& font, const std::set<char32_t>& characters)
{
    Tables tables{font};
    const Face face(hb_face_create_for_tables(tableOf, &tables, nullptr));
    const Input input(hb_subset_input_create_or_fail());
    if (!input)
        throw FailureError("There is not enough memory for a part of the font " + font.familyName().toStdString());
    for (const char32_t c : characters)
        hb_set_add(hb_subset_input_unicode_set(input.get()), c);
    const Face part(hb_subset_or_fail(face.get(), input.get()));
    if (!part)
        throw FailureError("The font " + font.familyName().toStdString() + " cannot be embedded");
    const Blob blob(hb_face_reference_blob(part.get()));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob.get(), &size);
    return QByteArray(bytes, static_cast<qsizetype>(size));
}

}  // namespace posbias::ui
