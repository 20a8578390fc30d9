// tocsin run: drives an incident until it is over.
#include "command.h"
#include "drive.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class Run final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--relay", relay_, "Serve the mailboxes here too, such as 0.0.0.0:8470")
        ->type_name("ADDR:PORT");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    control::Session session = open_incident(context, label_, control::Access::act);
    return drive(context, session, relay_);
  }

 private:
  std::string relay_, label_;
};

}  // namespace

std::unique_ptr<Command> make_run() { return std::make_unique<Run>(); }

}  // namespace tocsin::cli
