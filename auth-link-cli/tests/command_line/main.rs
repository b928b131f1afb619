//! The tests of the command line, as one program: it links once.

mod connected_data;
mod connecting;
mod fetching;
mod fixing;
mod folders;
mod free_port;
mod manual;
mod mock;
mod output;
mod outside;
mod picture;
mod prompt;
mod run;
mod secrets;
