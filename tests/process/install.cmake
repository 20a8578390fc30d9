# Installs into a new folder and checks its contents: cmake -DBUILD=… -DPREFIX=… -P
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(path bin/tocsin lib/systemd/system/tocsin-relay.service share/man/man5/tocsin-relay.5
    share/man/man7/tocsin-security.7 share/bash-completion/completions/tocsin
    share/doc/tocsin/CHANGELOG.md)
  if(NOT EXISTS ${PREFIX}/${path} AND NOT EXISTS ${PREFIX}/${path}.gz)
    message(FATAL_ERROR "${path} is not installed")
  endif()
endforeach()
execute_process(COMMAND ${PREFIX}/bin/tocsin --version COMMAND_ERROR_IS_FATAL ANY)
# The service must start the program that was installed with it.
file(STRINGS ${PREFIX}/lib/systemd/system/tocsin-relay.service starts REGEX "^ExecStart=")
if(NOT starts MATCHES "^ExecStart=${PREFIX}/bin/tocsin relay ")
  message(FATAL_ERROR "the service says ${starts}")
endif()
