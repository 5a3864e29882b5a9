# Run: gnuplot -d arms-frechet-problem-glyphs-optimizer-dcgan.gp
set terminal svg size 900,558 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet-problem-glyphs-optimizer-dcgan.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'problem = glyphs, optimizer = dcgan: frechet (lower is better)' at screen 0.013333, screen 0.96774 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [10.5:0.5]
set logscale x
set xrange [48.724:1235]
set xtics ('50' 50, '100' 100, '200' 200, '500' 500, '1000' 1000)
set lmargin at screen 0.10898
set rmargin at screen 0.48444
set tmargin at screen 0.89247
set bmargin at screen 0.53763
set title 'loss = nonsaturating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'spectral' 3, 'smoothing' 4, 'dropout' 5, 'batch-norm' 6, 'wgan-gp-10' 7, 'instance-norm' 8, 'layer-norm' 9, 'mmd' 10) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 3 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 4 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 5 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
set lmargin at screen 0.60898
set rmargin at screen 0.98444
set tmargin at screen 0.89247
set bmargin at screen 0.53763
set title 'loss = hinge' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'spectral' 3, 'dropout' 4, 'batch-norm' 5, 'wgan-gp-10' 6, 'instance-norm' 7, 'layer-norm' 8, 'mmd' 9) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 6 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 7 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 8 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 9 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.10898
set rmargin at screen 0.48444
set tmargin at screen 0.44086
set bmargin at screen 0.086022
set title 'loss = wasserstein' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'spectral' 3, 'dropout' 4, 'batch-norm' 5, 'wgan-gp-10' 6, 'instance-norm' 7, 'layer-norm' 8, 'mmd' 9) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 10 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 11 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 12 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet-problem-glyphs-optimizer-dcgan.dat' index 13 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset multiplot
set output
