// tocsin record verify: says whether the record of an incident can be trusted, and up to which
// event.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "command.h"
#include "input/opening.h"
#include "record/verify.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class RecordVerify final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("INCIDENT", incident_, "Its label or id, or how either begins: else the latest");
    app.add_option("--head", head_, "A head that a report quoted: 16 to 64 hexadecimal digits")
        ->type_name("HEX");
  }

  Exit run(Context& context) override {
    std::optional<journal::HeadDigits> expected;
    if (!head_.empty()) {
      expected = journal::HeadDigits::parse(head_);
      if (!expected)
        throw Fault(Exit::usage,
                    fmt::format("--head takes 16 to 64 hexadecimal digits, not \"{}\"",
                                base::printable(head_)),
                    "copy it from a report, or from an earlier \"tocsin record verify\"");
    }
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const record::Listed incident = record::find_incident(home, keys, incident_);
    const seal::StoreKey store = record::open_store(incident, keys.coordinator.opening);
    const record::Verified verified =
        record::verify(incident, home.organisation().verify, store, expected);
    if (context.json)
      context.out.json(record::to_json(incident, verified));
    else
      print(context.out, incident, verified);
    return verified.flaw ? Exit::untrusted : Exit::done;
  }

 private:
  void print(Output& out, const record::Listed& incident, const record::Verified& verified) {
    const std::string name =
        incident.label.empty() ? seal::to_text(incident.id) : base::printable(incident.label);
    if (verified.flaw)
      out.line(
          fmt::format("{}: {}", name, out.paint(Paint::red, record::words_of(*verified.flaw))));
    if (verified.flaw && verified.events == 0) return out.line(name + ": nothing in it is sound");
    out.line(fmt::format(
        "{}: sound: {}, signed in {}", name, base::counted(verified.events, "event", "events"),
        base::counted(verified.transactions.size(), "transaction", "transactions")));
    for (const seal::Certificate& author : verified.authors)
      out.line("  by " + base::printable(author.name));
    for (const record::SetBack& one : verified.set_back) out.line("  " + record::words_of(one));
    out.line("head " + base::to_hex(verified.head));
    if (verified.flaw) return;
    if (verified.expected_at)
      out.line(fmt::format("the expected head is that of event {}", *verified.expected_at));
    else
      out.note(
          "a tail that was cut shows only against a head that was kept elsewhere: give it "
          "with --head");
  }

  std::string incident_;
  std::string head_;
};

}  // namespace

std::unique_ptr<Command> make_record_verify() { return std::make_unique<RecordVerify>(); }

}  // namespace tocsin::cli
