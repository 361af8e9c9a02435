global using Samenhang.TestSupport;
global using Xunit;
