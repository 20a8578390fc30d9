#include "screen/staff/link_list.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/counted.h"
#include "base/text.h"
#include "roster/people/dates.h"

namespace tocsin::cli {

namespace {

using nlohmann::json;

bool is_open(const roster::PendingLink& link, base::Instant now) {
  return !link.used && now < link.expires;
}

json links_json(const LinksShown& shown) {
  auto accounts = json::array();
  for (const roster::Responder& person : shown.roster.responders())
    for (const roster::ContactPoint& contact : person.contacts) {
      if (!contact.linked) continue;
      accounts.push_back(
          {{"person", person.id.str()},
           {"name", person.name},
           {"channel", contact.channel.str()},
           {"linked", base::to_rfc3339(*contact.linked)},
           {"withdrawn",
            contact.withdrawn ? json(roster::to_text(*contact.withdrawn)) : json(nullptr)}});
    }
  auto open = json::array();
  for (const roster::PendingLink& link : shown.pending)
    if (is_open(link, shown.now))
      open.push_back({{"person", link.person.str()},
                      {"channel", link.channel.str()},
                      {"expires", base::to_rfc3339(link.expires)}});
  auto tried = json::array();
  for (const control::LinkTried& one : shown.tried)
    tried.push_back({{"person", one.person.str()},
                     {"channel", one.channel.str()},
                     {"outcome", to_text(one.outcome)},
                     {"holder", one.holder.str()}});
  return {{"accounts", std::move(accounts)},
          {"open", std::move(open)},
          {"tried", std::move(tried)},
          {"withdrawn", shown.stopped}};
}

}  // namespace

void print_links(Output& out, Form form, const LinksShown& shown) {
  if (form == Form::json) return out.json(links_json(shown));
  for (const roster::Responder& person : shown.roster.responders())
    for (const roster::ContactPoint& contact : person.contacts) {
      if (!contact.linked) continue;
      out.line(fmt::format("{} {} {} linked {}{}", out.cell(person.id.str(), 10),
                           out.cell(base::printable(person.name), 24),
                           out.cell(contact.channel.str(), 9), base::local_stamp(*contact.linked),
                           contact.withdrawn ? fmt::format(", wants no messages there since {}",
                                                           roster::to_text(*contact.withdrawn))
                                             : ""));
    }
  for (const roster::PendingLink& link : shown.pending) {
    if (!is_open(link, shown.now)) continue;
    const roster::Responder* person = shown.roster.find(link.person);
    out.line(fmt::format("{} {} {} has a code until {}", out.cell(link.person.str(), 10),
                         out.cell(person == nullptr ? "" : base::printable(person->name), 24),
                         out.cell(link.channel.str(), 9), base::local_stamp(link.expires)));
  }
  if (shown.stopped > 0)
    out.line(fmt::format("{} sent STOP and get no more messages there",
                         base::counted(shown.stopped, "address", "addresses")));
}

}  // namespace tocsin::cli
