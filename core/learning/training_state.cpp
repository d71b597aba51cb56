// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/training_state.h"

#include "core/base/normal_numbers.h"
#include "core/learning/step_rules.h"

#include <bit>
#include <cstring>
#include <limits>
#include <span>

namespace posbias {

namespace {

constexpr std::uint64_t format = 0x3173616962736f70u;  // "posbias1", read as a number: tells the byte order as well

/// A digest of numbers, in their order.
class Digest {
public:
    void add(std::uint64_t number) { m_value = splitMix(m_value ^ number); }
    void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
    void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
    template <typename Number>
    void add(const std::vector<Number>& numbers)
    {
        add(static_cast<std::uint64_t>(numbers.size()));
        for (const Number number : numbers)
            add(number);
    }
    void add(std::string_view bytes)
    {
        add(static_cast<std::uint64_t>(bytes.size()));
        for (std::size_t begin = 0; begin < bytes.size(); begin += sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + begin, std::min(sizeof word, bytes.size() - begin));
            add(word);
        }
    }
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = format;
};

void add(Digest& digest, const Corpus& corpus)
{
    digest.add(static_cast<std::uint64_t>(corpus.mask));
    digest.add(corpus.trainingLength);
    digest.add(corpus.reads.first);
    digest.add(corpus.reads.values);
    for (const LengthCount& count : corpus.lengths) {
        digest.add(count.length);
        digest.add(count.documents);
    }
}

class Writer {
public:
    template <typename Number>
    void add(Number number)
    {
        static_assert(sizeof(Number) == sizeof(std::uint64_t));
        m_bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
    }
    void add(const std::vector<double>& numbers)
    {
        add(static_cast<std::uint64_t>(numbers.size()));
        m_bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
    }
    void add(const OptimizerState& state)
    {
        add(state.step);
        add(state.values);
        add(state.mean);
        add(state.square);
        for (const double number :
             {state.power1, state.power2, state.untouched.value, state.untouched.mean, state.untouched.square})
            add(number);
    }
    std::string take() { return std::move(m_bytes); }
    std::string_view bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what Writer wrote; whether all was there is asked at the end.
class Reader {
public:
    Reader(std::string_view bytes, std::size_t parameters) : m_left(bytes), m_parameters(parameters) {}

    template <typename Number>
    Number number()
    {
        Number number{};
        if (!copy(&number, sizeof number))
            return Number{};
        return number;
    }
    OptimizerState state()
    {
        OptimizerState state;
        state.step = number<std::int64_t>();
        for (std::vector<double>* numbers : {&state.values, &state.mean, &state.square})
            *numbers = list();
        for (double* one :
             {&state.power1, &state.power2, &state.untouched.value, &state.untouched.mean, &state.untouched.square})
            *one = number<double>();
        m_complete = m_complete && state.step >= 0;
        return state;
    }
    bool complete() const { return m_complete && m_left.empty(); }

private:
    bool copy(void* to, std::size_t size)
    {
        m_complete = m_complete && size <= m_left.size();
        if (!m_complete)
            return false;
        if (size > 0)
            std::memcpy(to, m_left.data(), size);
        m_left.remove_prefix(size);
        return true;
    }
    /// One for each parameter, or none.
    std::vector<double> list()
    {
        const auto count = number<std::uint64_t>();
        m_complete = m_complete && (count == 0 || count == m_parameters) && count <= m_left.size() / sizeof(double);
        std::vector<double> numbers(m_complete ? count : 0);
        copy(numbers.data(), numbers.size() * sizeof(double));
        return numbers;
    }

    std::string_view m_left;
    std::size_t m_parameters;
    bool m_complete = true;
};

}  // namespace

std::uint64_t trainingKey(const TrainingData& data, const ParameterTable& table, const Learning& learning)
{
    Digest digest;
    add(digest, *data.corpus);
    if (data.documents) {
        digest.add(data.documents->begins);
        for (const std::int32_t offset : data.documents->offsets)
            digest.add(static_cast<std::int64_t>(offset));
    }
    digest.add(table.parameterCount());
    for (const Segment& segment : table.segments())
        for (const std::int64_t number : {segment.first, segment.last, segment.parameter, std::int64_t{segment.shared}})
            digest.add(number);
    digest.add(static_cast<std::uint64_t>(learning.index()));
    std::visit(
        [&digest]<class Chosen>(const Chosen& chosen) {
            if constexpr (requires { chosen.steps; }) {
                digest.add(chosen.learningRate);
                digest.add(chosen.steps);
                digest.add(chosen.batch);
                digest.add(static_cast<std::uint64_t>(chosen.stopping));
            }
            digest.add(chosen.weightDecay);
            digest.add(chosen.initial);
            digest.add(chosen.spread);
            digest.add(chosen.seed);
        },
        learning);
    if (heldOutInterval(data, learning) > 0)
        add(digest, *data.heldOut);
    return digest.value();
}

std::string packed(const TrainingState& state, std::uint64_t key)
{
    Writer writer;
    writer.add(format);
    writer.add(key);
    writer.add(state.now);
    writer.add(state.best);
    writer.add(state.lowestHeldOut);
    Digest digest;
    digest.add(writer.bytes());
    writer.add(digest.value());
    return writer.take();
}

std::optional<TrainingState> unpacked(std::string_view bytes, std::uint64_t key, std::int64_t parameters)
{
    constexpr std::size_t digestBytes = sizeof(std::uint64_t);
    if (bytes.size() < digestBytes)
        return {};
    Digest digest;
    digest.add(bytes.substr(0, bytes.size() - digestBytes));
    Reader reader(bytes, static_cast<std::size_t>(parameters));
    if (reader.number<std::uint64_t>() != format || reader.number<std::uint64_t>() != key)
        return {};
    TrainingState state;
    state.now = reader.state();
    state.best = reader.state();
    state.lowestHeldOut = reader.number<double>();
    const bool undamaged = reader.number<std::uint64_t>() == digest.value();
    const bool whole = state.now.values.size() == static_cast<std::size_t>(parameters);
    return undamaged && whole && reader.complete() ? std::optional(std::move(state)) : std::nullopt;
}

}  // namespace posbias
