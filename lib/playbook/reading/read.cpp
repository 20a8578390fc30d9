#include "playbook/reading/read.h"

#include <algorithm>
#include <limits>

#include "playbook/reading/bounds.h"
#include "playbook/reading/sections.h"
#include "playbook/reading/values.h"

namespace tocsin::playbook {

namespace {

void read_site(Node top, Playbook& book) {
  const auto site = value_of(top, "site");
  if (!site) return;
  book.site.code = text_of(*site, "code").value_or("");
  book.site.name = text_of(*site, "name").value_or("");
  book.site.switchboard = text_of(*site, "switchboard").value_or("");
}

void read_retention(Node top, Playbook& book) {
  const auto node = value_of(top, "retention");
  if (!node) return;
  Retention& retention = book.retention;
  retention.days = days_of(*node, "keep", kMostDays).value_or(retention.days);
  retention.device_days =
      days_of(*node, "devices", kMostDeviceDays).value_or(retention.device_days);
  retention.device_days = std::min(retention.device_days, retention.days);
  retention.legal_hold = bool_of(*node, "legal_hold").value_or(false);
}

}  // namespace

std::string title_of(std::string_view id) {
  std::string title{id};
  std::replace(title.begin(), title.end(), '-', ' ');
  if (!title.empty() && title.front() >= 'a' && title.front() <= 'z')
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  return title;
}

bool Reading::is_readable() const {
  return tree != nullptr && tree->root().is_mapping() && playbook.format == kFormat;
}

Reading read_playbook(std::string_view text, std::string_view file) {
  Reading reading;
  Playbook& book = reading.playbook;
  book.source_text = std::string{text};
  reading.tree = document::parse_yaml(text, file, reading.faults, {.size_bytes = kLargestPlaybook});
  if (reading.tree == nullptr) return reading;
  const Node top = reading.tree->root();
  if (value_of(top, "format"))
    book.format = count_of(top, "format", 1, std::numeric_limits<int>::max()).value_or(0);
  book.id = name_of(top, "id").value_or("");
  book.title = text_of(top, "title").value_or("");
  book.revision = text_of(top, "revision").value_or("");
  read_site(top, book);
  read_shifts(top, book);
  read_areas(top, book);
  read_cascade(top, book);
  read_limits(top, book);
  read_messages(top, book);
  read_retention(top, book);
  return reading;
}

}  // namespace tocsin::playbook
