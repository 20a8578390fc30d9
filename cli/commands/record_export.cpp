// tocsin record export: prints the record for an inquiry, one event a line.
#include <fmt/format.h>

#include "base/text.h"
#include "command.h"
#include "input/opening.h"
#include "record/export.h"
#include "record/verify.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class RecordExport final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("INCIDENT", incident_, "Its label or id, or how either begins: else the latest");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const record::Listed incident = record::find_incident(home, keys, incident_);
    const seal::StoreKey store = record::open_store(incident, keys.coordinator.opening);
    const record::Verified verified =
        record::verify(incident, home.organisation().verify, store, std::nullopt);
    record::export_lines(incident.path, store, verified,
                         [&](std::string_view line) { context.out.line(line); });
    context.out.flush();
    if (verified.flaw)
      throw Fault(Exit::untrusted, record::words_of(*verified.flaw),
                  fmt::format("what is sound was exported: the first {}", verified.events));
    return Exit::done;
  }

 private:
  std::string incident_;
};

}  // namespace

std::unique_ptr<Command> make_record_export() { return std::make_unique<RecordExport>(); }

}  // namespace tocsin::cli
