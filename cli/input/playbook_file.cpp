#include "input/playbook_file.h"

#include <utility>

#include "base/file.h"
#include "playbook/load.h"

namespace tocsin::cli {

playbook::Playbook read_playbook(const std::string& file) {
  document::Findings findings;
  auto read =
      playbook::load_playbook(base::read_file(file, playbook::kLargestPlaybook), file, findings);
  findings.throw_if_errors("playbook");
  return *std::move(read);
}

}  // namespace tocsin::cli
