// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/bound_fields.h"

#include "core/experiment/field_tables.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace posbias {

namespace {

using tables::Described;
using tables::Info;
using tables::Kind;
using tables::Names;
using tables::Row;

struct Place {
    std::string path;  ///< empty: the whole experiment
    std::string group;

    std::string pathOf(std::string_view key) const
    {
        if (path.empty() || key.empty())
            return path + std::string(key);
        return path + '.' + std::string(key);
    }
    Place inside(const Info& info) const
    {
        return {pathOf(info.key), info.group.empty() ? group : std::string(info.group)};
    }
};

FieldChoice choiceOf(const tables::Name& name)
{
    return {std::string(name.id), std::string(name.label)};
}

template <class V>
struct Alternatives;
template <class... A>
struct Alternatives<std::variant<A...>> {
    static std::vector<FieldChoice> choices()
    {
        if constexpr (std::is_same_v<std::variant<A...>, Scheme>) {
            std::vector<FieldChoice> all;
            for (const SchemeInfo& info : schemeInfos())
                all.push_back({std::string(info.id), std::string(info.title)});
            return all;
        } else {
            return {choiceOf(Described<A>::name)...};
        }
    }
    static std::variant<A...> make(std::size_t index)
    {
        std::variant<A...> made;
        std::size_t next = 0;
        ((index == next++ ? (made = A{}, true) : false) || ...);
        return made;
    }
};

std::size_t indexOf(const std::vector<FieldChoice>& choices, const FieldValue& id)
{
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const FieldChoice& c) { return c.id == std::get<std::string>(id); });
    return static_cast<std::size_t>(found - choices.begin());
}

class Binder {
public:
    std::vector<BoundField> fields;

    template <class S>
    void bindRows(S& object, const S& defaults, const Place& place)
    {
        for (const Row<S>& row : Described<S>::rows)
            std::visit([&](auto member) { bind(object.*member, defaults.*member, row.info, place); }, row.member);
    }

private:
    template <class T>
    void addPlain(FieldType type, T& value, const T& defaultValue, const Info& info, const Place& place)
    {
        BoundField& field = add(info, place.inside(info), type);
        field.description.value = value;
        field.description.defaultValue = defaultValue;
        field.set = [&value](const FieldValue& to) { value = std::get<T>(to); };
    }

    void bind(std::int64_t& value, const std::int64_t& defaultValue, const Info& info, const Place& place)
    {
        addPlain(FieldType::Integer, value, defaultValue, info, place);
    }

    void bind(double& value, const double& defaultValue, const Info& info, const Place& place)
    {
        addPlain(FieldType::Real, value, defaultValue, info, place);
    }

    void bind(std::string& value, const std::string& defaultValue, const Info& info, const Place& place)
    {
        addPlain(FieldType::Text, value, defaultValue, info, place);
    }

    template <class E>
    requires std::is_enum_v<E>
    void bind(E& value, const E& defaultValue, const Info& info, const Place& place)
    {
        BoundField& field = add(info, place.inside(info), FieldType::Choice);
        for (const tables::Name& name : Names<E>::values)
            field.description.choices.push_back(choiceOf(name));
        field.description.value = std::string(Names<E>::values[static_cast<std::size_t>(value)].id);
        field.description.defaultValue = std::string(Names<E>::values[static_cast<std::size_t>(defaultValue)].id);
        field.set = [&value, choices = field.description.choices](const FieldValue& to) {
            value = static_cast<E>(indexOf(choices, to));
        };
    }

    template <class... A>
    void bind(std::variant<A...>& value, const std::variant<A...>& defaultValue, const Info& info, const Place& place)
    {
        using V = std::variant<A...>;
        const Place inner = place.inside(info);
        BoundField& field = add(info, {inner.pathOf(Kind<V>::key), inner.group}, FieldType::Choice);
        field.kindOf = inner.path;
        field.description.choices = Alternatives<V>::choices();
        field.description.value = field.description.choices[value.index()].id;
        field.description.defaultValue = field.description.choices[defaultValue.index()].id;
        field.set = [&value, choices = field.description.choices](const FieldValue& to) {
            changeKind(value, indexOf(choices, to));
        };
        std::visit([&]<class S>(S& object) { bindRows(object, S{}, inner); }, value);
    }

    void bind(std::vector<Scheme>& schemes, const std::vector<Scheme>& defaults, const Info& info, const Place& place)
    {
        const Place inner = place.inside(info);
        for (std::size_t i = 0; i < schemes.size(); ++i) {
            const std::string index = std::to_string(i);
            const std::string group = inner.group + '.' + index;
            const Scheme& defaultScheme = defaults[std::min(i, defaults.size() - 1)];
            bind(schemes[i], defaultScheme, Info{index, info.label, info.help, {}, group}, inner);
        }
    }

    template <class S>
    requires std::is_class_v<S>
    void bind(S& object, const S& defaults, const Info& info, const Place& place)
    {
        bindRows(object, defaults, place.inside(info));
    }

    /// Fields that the new kind shares keep their values where it allows them and means the same by them.
    template <class V>
    static void changeKind(V& value, std::size_t index)
    {
        if (value.index() == index)
            return;
        V changed = Alternatives<V>::make(index);
        Binder before, after;
        std::visit([&]<class S>(S& object) { before.bindRows(object, S{}, {}); }, value);
        std::visit([&]<class S>(S& object) { after.bindRows(object, S{}, {}); }, changed);
        for (BoundField& field : after.fields) {
            const BoundField* old = findField(before.fields, field.description.path);
            if (!old || field.ofItsKind || old->description.type != field.description.type)
                continue;
            if (const auto kept = acceptedValue(field.description, old->description.value))
                field.set(*kept);
        }
        value = changed;
    }

    BoundField& add(const Info& info, const Place& at, FieldType type)
    {
        BoundField& field = fields.emplace_back();
        field.ofItsKind = info.ofItsKind;
        FieldDescription& d = field.description;
        d.path = at.path;
        d.group = at.group;
        d.label = info.label;
        d.help = info.help;
        d.type = type;
        d.min = info.range.min;
        d.max = info.range.max;
        d.minExcluded = info.range.minExcluded;
        d.logarithmic = info.range.logarithmic;
        return field;
    }
};

}  // namespace

std::vector<BoundField> bindFields(Experiment& experiment)
{
    Experiment defaults;
    defaults.view = defaultView(experiment.length);
    Binder binder;
    binder.bindRows(experiment, defaults, {});
    return std::move(binder.fields);
}

std::vector<BoundField> bindScheme(Scheme& scheme)
{
    Binder binder;
    std::visit([&]<class S>(S& object) { binder.bindRows(object, S{}, {}); }, scheme);
    return std::move(binder.fields);
}

BoundField* findField(std::vector<BoundField>& fields, std::string_view path)
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const BoundField& field) { return field.description.path == path; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace posbias
