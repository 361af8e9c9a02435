using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Zvw;

return await ServiceProcess.RunProgramAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Zvw);
    builder.AddZvw();
    var app = builder.Build();
    app.MapZvw();
    return app;
});
