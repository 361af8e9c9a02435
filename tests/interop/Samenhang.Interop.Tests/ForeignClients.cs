namespace Samenhang.Interop.Tests;

/// <summary>
/// The clients that others wrote. What is missing is installed once; what can not be installed fails the tests, it never skips them.
/// </summary>
internal static class ForeignClients
{
    public const string Python = "/usr/bin/python3";

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task> NodeModules = new(InstallNodeModules);
    private static readonly Lazy<Task> PythonModules = new(InstallPythonModules);

    private static string BufPath => Path.Combine(Repository.Node, "node_modules", ".bin", "buf");

    public static Task<Ended> Node(params string[] arguments) => Node(null, arguments);

    /// <param name="variables">For example a token.</param>
    /// <param name="arguments">Those of the program.</param>
    public static async Task<Ended> Node(IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        await NodeModules.Value;
        return await Command.Run("node", ["client.mjs", .. arguments], Repository.Node, variables: variables);
    }

    public static async Task<Ended> NodeProgram(string program, params string[] arguments)
    {
        await NodeModules.Value;
        return await Command.Run("node", [program, .. arguments], Repository.Node);
    }

    public static Task<Ended> PythonClient(params string[] arguments) => PythonClient(null, arguments);

    public static Task<Ended> PythonClient(IReadOnlyDictionary<string, string>? variables, params string[] arguments) => PythonProgram("client.py", variables, null, arguments);

    public static async Task<Ended> PythonProgram(string program, IReadOnlyDictionary<string, string>? variables, TimeSpan? limit, params string[] arguments)
    {
        await PythonModules.Value;
        return await Command.Run(Python, [program, .. arguments], Repository.Python, limit, variables);
    }

    public static async Task<Ended> Buf(params string[] arguments)
    {
        await NodeModules.Value;
        return await Command.Run(BufPath, arguments, Repository.Protos);
    }

    private static async Task InstallNodeModules()
    {
        if (File.Exists(BufPath) && Directory.Exists(Path.Combine(Repository.Node, "node_modules", "@grpc", "grpc-js")) &&
            Directory.Exists(Path.Combine(Repository.Node, "node_modules", "@asyncapi", "parser")))
        {
            return;
        }

        var installed = await Command.Run("npm", ["ci", "--no-audit", "--no-fund"], Repository.Node, InstallLimit);
        Assert.True(installed.ExitCode == 0, $"npm ci in tests/interop/node failed: {installed}");
    }

    private static async Task InstallPythonModules()
    {
        if (File.Exists(Python) && (await Command.Run(Python, ["-c", "import grpc, google.protobuf"], Repository.Python)).ExitCode == 0)
        {
            return;
        }

        Assert.True(
            Environment.IsPrivilegedProcess, "These tests need Debian's packages: sudo apt-get install python3-grpcio python3-protobuf");
        await Command.Run("apt-get", ["update", "-qq"], Repository.Python, InstallLimit);
        var installed = await Command.Run(
            "apt-get", ["install", "-y", "-qq", "python3-grpcio", "python3-protobuf"], Repository.Python, InstallLimit);
        Assert.True(installed.ExitCode == 0, $"apt-get install python3-grpcio python3-protobuf failed: {installed}");
    }
}
