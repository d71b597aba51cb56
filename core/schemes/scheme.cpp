// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/scheme.h"

namespace posbias {
namespace {

std::string nameOf(const PerOffset& scheme)
{
    return std::string(schemeInfo(scheme).title);
}

std::string nameOf(const T5& scheme)
{
    const char* rule = scheme.variant == T5Variant::Book ? "T5 book " : "T5 buckets ";
    return rule + std::to_string(scheme.buckets) + " / " + std::to_string(scheme.maxDistance);
}

}  // namespace

const std::vector<SchemeInfo>& schemeInfos()
{
    static const std::vector<SchemeInfo> infos = {
        {"per-offset", "Per-offset",
         "bias(i, j) = u_d, d = i - j: one learned parameter for each offset of the training length L "
         "(causal d = 0..L-1, bidirectional d = -(L-1)..L-1); an offset beyond it has none and keeps the initial value",
         "T. Xiao and J. Zhu, Foundations of Large Language Models, ch. 2 (2025), arXiv:2501.09223"},
        {"t5", "T5 buckets",
         "bias(i, j) = u_b(d), d = i - j: b(d) = |d| for |d| < m, else "
         "min(n - 1, m + floor((n - m) * log(|d| / m) / log(D / m))), m = floor(n / 2); "
         "causal: n = all buckets, bidirectional: n = half of them, j > i in the upper half; "
         "huggingface: float32 arithmetic, book: n_b + 1 buckets in exact arithmetic",
         "C. Raffel et al., Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer, "
         "JMLR 21(140), 2020; variant book: T. Xiao and J. Zhu, Foundations of Large Language Models, ch. 2 (2025), "
         "arXiv:2501.09223"},
    };
    return infos;
}

const SchemeInfo& schemeInfo(const Scheme& scheme)
{
    return schemeInfos()[scheme.index()];
}

std::string schemeName(const Scheme& scheme)
{
    return std::visit([](const auto& kind) { return nameOf(kind); }, scheme);
}

ParameterTable parameterTable(const Scheme& scheme, Mask mask, std::int64_t trainingLength)
{
    return std::visit([&](const auto& kind) { return parameterTable(kind, mask, trainingLength); }, scheme);
}

}  // namespace posbias
