#include "playbook/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "document/yaml.h"
#include "playbook/reading.h"

namespace tocsin::playbook {

namespace {

constexpr int kFormat = 1;

void read_format(Fields& top, Reading& reading) {
  const auto node = top.required("format");
  if (!node) return;
  const auto format = document::read_count(*node, reading.findings, 1, 9999);
  if (format && *format != kFormat)
    reading.error(*node, fmt::format("format {} is not known to this version", *format),
                  fmt::format("this version reads format {}", kFormat));
}

// ODS codes are three to nine letters and digits (NHS England, Organisation Data Service).
void read_site(Node node, Reading& reading) {
  Fields site{node, reading.findings, "the site"};
  if (const auto code = site.required("code")) {
    const auto text = document::read_text(*code, reading.findings, {.most = 9});
    const bool sound =
        text && text->size() >= 3 && std::all_of(text->begin(), text->end(), [](char c) {
          return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
    if (sound)
      reading.book.site.code = *text;
    else if (text)
      reading.error(*code, fmt::format("\"{}\" is not an ODS code", document::shown(*text)),
                    "three to nine capital letters and digits, such as ZZ999");
  }
  if (const auto name = site.required("name"))
    if (auto text = document::read_text(*name, reading.findings, {.most = 80}))
      reading.book.site.name = *std::move(text);
  site.finish();
}

void read_playbook(Node root, Reading& reading) {
  Playbook& book = reading.book;
  Fields top{root, reading.findings, "the playbook"};
  if (!top.is_mapping()) return;
  read_format(top, reading);
  if (const auto node = top.required("id"))
    book.id = document::read_id(*node, reading.findings).value_or("");
  if (const auto node = top.required("title"))
    book.title = document::read_text(*node, reading.findings, {.most = 60}).value_or("");
  if (const auto node = top.required("revision"))
    book.revision = document::read_text(*node, reading.findings, {.most = 30}).value_or("");
  if (const auto node = top.required("site")) read_site(*node, reading);
  if (const auto node = top.required("shifts")) read_shifts(*node, reading);
  if (const auto node = top.required("areas")) read_areas(*node, reading);
  if (const auto node = top.optional("holding")) read_holding_areas(*node, reading);
  if (const auto node = top.optional("cascade")) read_cascade(*node, reading);
  if (const auto node = top.optional("limits")) read_limits(*node, reading);
  const auto code_word = top.optional("code_word");
  read_messages(top.optional("messages"), code_word, reading);
  if (const auto node = top.optional("retention")) read_retention(*node, reading);
  top.finish();
  screen_for_patients(root, reading);
}

}  // namespace

std::string title_of(std::string_view id) {
  std::string title{id};
  std::replace(title.begin(), title.end(), '-', ' ');
  if (!title.empty() && title.front() >= 'a' && title.front() <= 'z')
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return title;
}

std::optional<Priority> read_priority_key(Node key, Reading& reading) {
  const auto value = base::parse_count(key.text(), kLeastPriority);
  if (!value || *value == 0) {
    reading.error(key, fmt::format("\"{}\" is not a priority", document::shown(key.text())),
                  fmt::format("1 to {}, or \"default\"", kLeastPriority));
    return std::nullopt;
  }
  const auto priority = static_cast<Priority>(*value);
  const auto& posts = reading.book.posts;
  const bool used = !reading.is_sound() ||
                    std::any_of(posts.begin(), posts.end(),
                                [&](const Post& post) { return post.priority == priority; });
  if (!used) reading.warning(key, fmt::format("no post has priority {}", priority));
  return priority;
}

void read_retention(Node node, Reading& reading) {
  Fields retention{node, reading.findings, "retention"};
  if (const auto keep = retention.optional("keep"))
    if (const auto days = document::read_days(*keep, reading.findings, 1, 36500))
      reading.book.retention.days = *days;
  if (const auto devices = retention.optional("devices"))
    if (const auto days = document::read_days(*devices, reading.findings, 1, 365))
      reading.book.retention.device_days = *days;
  if (const auto hold = retention.optional("legal_hold"))
    if (const auto held = document::read_bool(*hold, reading.findings))
      reading.book.retention.legal_hold = *held;
  retention.finish();
  reading.book.retention.device_days =
      std::min(reading.book.retention.device_days, reading.book.retention.days);
}

std::optional<Playbook> load_playbook(std::string_view text, std::string_view file,
                                      document::Findings& findings, const RosterWords* roster) {
  const std::size_t before = findings.errors();
  const auto document =
      document::parse_yaml(text, file, findings, {.size_bytes = kLargestPlaybook});
  if (document == nullptr) return std::nullopt;
  Playbook book;
  book.source_text = std::string{text};
  Reading reading{book, findings, roster, before};
  read_playbook(document->root(), reading);
  if (!reading.is_sound()) return std::nullopt;
  return book;
}

}  // namespace tocsin::playbook
