#include "record/journals.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "incident/event.h"
#include "journal/sqlite.h"

namespace tocsin::record {

namespace {

using base::Exit;
using base::Fault;

// Journals that are damaged stay in the list, nameless: they have to be found to be verified.
Listed introduce(const home::Home& home, const seal::OpeningKey& reader,
                 const seal::MessageId& id) {
  Listed listed{id, home.journal_path(id), {}, {}};
  std::optional<base::Bytes> body;
  try {
    body = journal::first_body(listed.path, journal::open_store_key(listed.path, reader));
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::untrusted) throw;
  }
  const auto event = body ? incident::decode_event(*body) : std::nullopt;
  if (!event) return listed;
  listed.declared = event->at;
  if (const auto* declared = std::get_if<incident::Declared>(&event->body))
    listed.label = declared->label;
  return listed;
}

bool begins(std::string_view whole, std::string_view part) {
  return base::to_lower(whole).starts_with(base::to_lower(part));
}

std::string names_of(const std::vector<Listed>& some) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const Listed& one : some) {
    if (names.size() == kMost) {
      names.emplace_back("…");
      break;
    }
    names.push_back(one.label.empty() ? seal::to_text(one.id) : base::printable(one.label));
  }
  return base::join(names, ", ");
}

}  // namespace

std::vector<Listed> incidents(const home::Home& home, const seal::OpeningKey& reader) {
  std::vector<Listed> all;
  for (const seal::MessageId& id : home.incidents()) all.push_back(introduce(home, reader, id));
  std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) {
    return std::pair(b.declared, a.id) < std::pair(a.declared, b.id);
  });
  return all;
}

Listed find_incident(const home::Home& home, const seal::OpeningKey& reader,
                     std::string_view wanted) {
  std::vector<Listed> all = incidents(home, reader);
  if (all.empty())
    throw Fault(Exit::usage, fmt::format("there is no incident in {}", home.path().string()),
                "declare one with: tocsin declare, or name another folder with --home");
  if (wanted.empty()) return all.front();
  std::vector<Listed> fitting;
  for (const Listed& one : all) {
    if (one.label == wanted || seal::to_text(one.id) == wanted) return one;
    if (begins(one.label, wanted) || seal::to_text(one.id).starts_with(wanted))
      fitting.push_back(one);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty())
    throw Fault(Exit::usage, fmt::format("there is no incident \"{}\"", base::printable(wanted)),
                "these are there: " + names_of(all));
  throw Fault(Exit::usage, fmt::format("\"{}\" fits several incidents", base::printable(wanted)),
              "say which: " + names_of(fitting));
}

}  // namespace tocsin::record
