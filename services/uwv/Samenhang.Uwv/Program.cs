using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv;

return await ServiceProcess.RunProgramAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Uwv);
    builder.AddUwv();
    var app = builder.Build();
    app.MapUwv();
    return app;
});
