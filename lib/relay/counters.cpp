#include "relay/counters.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace tocsin::relay {

namespace {

constexpr std::array<std::string_view, 7> kOutcomes{"",        "stored", "already", "not_allowed",
                                                    "expired", "full",   "too_fast"};

class Text {
 public:
  void metric(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    fmt::format_to(std::back_inserter(out_),
                   "# HELP tocsin_relay_{} {}\n# TYPE tocsin_relay_{} {}\n", name, help, name,
                   type);
  }
  template <class Number>
  void value(Number number, std::string_view label = "", std::string_view says = "") {
    fmt::format_to(std::back_inserter(out_), "tocsin_relay_{}", name_);
    if (!label.empty()) fmt::format_to(std::back_inserter(out_), "{{{}=\"{}\"}}", label, says);
    fmt::format_to(std::back_inserter(out_), " {}\n", number);
  }
  template <class Number>
  void one(std::string_view name, std::string_view type, std::string_view help, Number number) {
    metric(name, type, help);
    value(number);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::string_view name_;
};

}  // namespace

void Counters::count_answer(int status) noexcept {
  const auto digit = static_cast<std::size_t>(status / 100);
  if (digit < answers.size()) ++answers[digit];
  if (status == 429 || status == 503) ++too_many;
}

std::string metrics_text(const Counters& counters, const Gauges& gauges) {
  Text text;
  text.metric("answers_total", "counter", "Requests answered, by the class of the status.");
  for (std::size_t digit = 2; digit < counters.answers.size(); ++digit)
    text.value(counters.answers[digit], "status", fmt::format("{}xx", digit));
  text.one("limited_total", "counter", "Requests answered 429 or 503.", counters.too_many);
  text.metric("messages_total", "counter", "Messages posted, by outcome.");
  for (std::size_t i = 1; i < kOutcomes.size(); ++i)
    text.value(counters.outcomes[i], "outcome", kOutcomes[i]);
  text.metric("hooks_total", "counter", "Requests to hooks, by outcome.");
  for (std::size_t i = 0; i < kHookOutcomes.size(); ++i)
    text.value(counters.hooks[i], "outcome", kHookOutcomes[i]);
  text.one("acknowledgements_total", "counter", "Acknowledgements carried out.",
           counters.acknowledgements);
  text.one("items_read_total", "counter", "Messages and receipts given to readers.",
           counters.given_out);
  text.one("woken_total", "counter", "Waiting readers that got something.", counters.woken);
  text.one("commits_total", "counter", "Transactions committed.", counters.commits);
  text.one("commit_failures_total", "counter", "Transactions that failed.",
           counters.failed_commits);
  text.one("syncs_total", "counter", "Syncs of the store's log.", counters.syncs);
  text.one("sync_seconds_total", "counter", "Time the disk took for them.", counters.sync_seconds);
  text.one("connections_total", "counter", "Connections accepted.", counters.accepted);
  text.one("connections_refused_total", "counter", "Connections for which there was no room.",
           counters.turned_away);
  text.one("connections_timed_out_total", "counter",
           "Connections ended because they took too long.", counters.timed_out);
  text.one("connections", "gauge", "Connections open.", gauges.connections);
  text.one("waiting_readers", "gauge", "Long polls that wait.", gauges.waiting);
  text.one("body_bytes", "gauge", "Bytes of bodies under way.", gauges.body_bytes);
  text.one("items", "gauge", "Messages and receipts that nobody has taken.", gauges.items);
  text.one("log_bytes", "gauge", "Bytes in the store's log.", gauges.log_bytes);
  text.one("store_works", "gauge", "1 when the store can be written, else 0.",
           gauges.store_works ? 1 : 0);
  return text.take();
}

}  // namespace tocsin::relay
