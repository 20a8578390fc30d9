#include "playbook/judging/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "playbook/judging/judging.h"
#include "playbook/judging/words.h"

namespace tocsin::playbook {

namespace {

void judge_format(Fields& top, Judging& judging) {
  const auto node = top.required("format");
  if (!node) return;
  const auto format = document::read_count(*node, judging.findings, 1, 9999);
  if (format && *format != kFormat)
    judging.error(*node, fmt::format("format {} is not known to this version", *format),
                  fmt::format("this version reads format {}", kFormat));
}

// A telephone dials the digits, so there must be nothing else than people write between them.
void judge_switchboard(Node node, Judging& judging) {
  const auto text = document::read_text(node, judging.findings, {.most = 24});
  if (!text) return;
  const std::string_view digits = std::string_view{*text}.substr(text->starts_with('+') ? 1 : 0);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_number =
      std::ranges::count_if(digits, is_digit) >= 3 &&
      std::ranges::all_of(digits, [&](char c) { return is_digit(c) || c == ' '; });
  if (!is_number)
    judging.error(node, fmt::format("\"{}\" is no telephone number", document::shown(*text)),
                  "digits and spaces, in quotes, such as \"020 7946 0000\"");
}

// ODS codes are three to nine letters and digits (NHS England, Organisation Data Service).
void judge_site(Node node, Judging& judging) {
  Fields site{node, judging.findings, "the site"};
  if (const auto code = site.required("code")) {
    const auto text = document::read_text(*code, judging.findings, {.most = 9});
    const bool sound =
        text && text->size() >= 3 && std::all_of(text->begin(), text->end(), [](char c) {
          return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
    if (text && !sound)
      judging.error(*code, fmt::format("\"{}\" is not an ODS code", document::shown(*text)),
                    "three to nine capital letters and digits, such as ZZ999");
  }
  judge_text(site.required("name"), 80, judging);
  if (const auto switchboard = site.optional("switchboard"))
    judge_switchboard(*switchboard, judging);
  site.finish();
}

void judge_retention(Node node, Judging& judging) {
  Fields retention{node, judging.findings, "retention"};
  if (const auto keep = retention.optional("keep"))
    document::read_days(*keep, judging.findings, 1, 36500);
  if (const auto devices = retention.optional("devices"))
    document::read_days(*devices, judging.findings, 1, 365);
  if (const auto hold = retention.optional("legal_hold"))
    document::read_bool(*hold, judging.findings);
  retention.finish();
}

void judge_playbook(Node root, Judging& judging) {
  Fields top{root, judging.findings, "the playbook"};
  if (!top.is_mapping()) return;
  judge_format(top, judging);
  if (const auto id = top.required("id")) document::read_id(*id, judging.findings);
  judge_text(top.required("title"), 60, judging);
  judge_text(top.required("revision"), 30, judging);
  if (const auto site = top.required("site")) judge_site(*site, judging);
  if (const auto shifts = top.required("shifts")) judge_shifts(*shifts, judging);
  if (const auto areas = top.required("areas")) judge_areas(*areas, judging);
  if (const auto holding = top.optional("holding")) judge_holding_areas(*holding, judging);
  if (const auto cascade = top.optional("cascade")) judge_cascade(*cascade, judging);
  if (const auto limits = top.optional("limits")) judge_limits(*limits, judging);
  judge_messages(top, judging);
  if (const auto retention = top.optional("retention")) judge_retention(*retention, judging);
  top.finish();
  judge_patients(root, judging);
}

}  // namespace

void judge(const Reading& reading, document::Findings& findings, const RosterWords* roster,
           const std::vector<ChannelId>* channels) {
  const std::size_t errors_before = findings.errors();
  findings.append(reading.faults);
  if (reading.tree == nullptr) return;
  Judging judging{reading.playbook, findings, roster, channels, errors_before};
  judge_playbook(reading.tree->root(), judging);
}

std::optional<Playbook> read_sound_playbook(std::string_view text, std::string_view file,
                                            document::Findings& findings,
                                            const RosterWords* roster) {
  const std::size_t errors_before = findings.errors();
  Reading reading = read_playbook(text, file);
  judge(reading, findings, roster);
  if (findings.errors() > errors_before) return std::nullopt;
  return std::move(reading.playbook);
}

}  // namespace tocsin::playbook
